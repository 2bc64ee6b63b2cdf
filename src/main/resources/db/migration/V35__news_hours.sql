-- How much news feeds brought in which hour, up to an entry: whoever learns their rhythm reads this and what came since,
-- not the whole journal. May be repeated. Filled beside the work, from the beginning too.

create table if not exists news_hour (
    subject varchar(200) not null,
    pushed  boolean      not null,  -- a webhook told it
    in_hour bigint       not null,  -- hours since 1970
    news    int          not null,
    last_at bigint       not null,
    primary key (in_hour, subject, pushed)
);
create table if not exists news_cursor (
    id    int primary key,
    up_to bigint not null  -- the entry that was counted last
);
insert into news_cursor (id, up_to) select 1, 0 where not exists (select 1 from news_cursor);
