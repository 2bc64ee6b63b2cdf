-- Deals and stages of the portal beside their folders and lists in ClickUp, and the time that was worked. May be repeated.

create table if not exists project_deal (
    deal        bigint primary key,
    title       varchar(300)  not null,
    pipeline    varchar(60),
    page        varchar(500),                   -- where people see it
    started     boolean       not null,
    deleted     boolean       not null,
    folder      varchar(32),                    -- ClickUp's; null until it is made
    space       varchar(32),
    gone        boolean       not null,         -- the folder was deleted there: no other is made
    agreed_name varchar(400)                    -- null: to be looked at
);
create unique index if not exists project_deal_folder on project_deal (folder);

create table if not exists project_stage (
    stage       bigint primary key,
    deal        bigint,
    title       varchar(300)  not null,
    deleted     boolean       not null,
    list        varchar(32),                    -- ClickUp's; null until it is made
    gone        boolean       not null,         -- the list was deleted there: no other is made
    dirty       boolean       not null,         -- ClickUp tells something that is not agreed
    end_on      date,                           -- as the portal told it last
    end_at      bigint,                         -- when it was changed there
    due_on      date,                           -- as ClickUp told it last
    due_at      bigint,                         -- when it was changed there
    closed_set  varchar(64)                     -- hash of the closed tasks that were told last
);
create unique index if not exists project_stage_list on project_stage (list);
create index if not exists project_stage_deal on project_stage (deal);

create table if not exists project_task (
    task        varchar(32) primary key,
    list        varchar(32) not null
);

-- Every finished stretch of work as it is now; a deleted one stays with no minutes.
create table if not exists time_entry (
    entry       varchar(32) primary key,
    version     varchar(60)   not null,
    person      bigint        not null,         -- ClickUp's
    name        varchar(200)  not null,
    email       varchar(200),
    task        varchar(32),
    task_name   varchar(500),
    list        varchar(32),
    folder      varchar(32),
    on_day      date          not null,         -- on which it began, in the business zone
    minutes     bigint        not null,         -- whole ones
    billable    boolean       not null,
    deleted     boolean       not null
);
create index if not exists time_entry_list on time_entry (list, on_day);
create index if not exists time_entry_person on time_entry (person, on_day);
