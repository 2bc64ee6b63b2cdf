-- What FinTablo holds of the portal's deals and payments by us. May be repeated.

create table if not exists deal_book (
    deal_id      bigint primary key,        -- the portal's
    company_id   bigint,                    -- the portal's
    written_json varchar(100000) not null,  -- what FinTablo's deal held last by us
    mapping      varchar(64)                -- what the mapping said when its payments were planned; null: never
);
create index if not exists deal_book_company on deal_book (company_id);

create table if not exists deal_plan (
    payment_id     bigint primary key,       -- the portal's
    company_id     bigint,                   -- the portal's
    transaction_id bigint,                   -- FinTablo's planned operation; null while there is none
    generation     int             not null, -- how many were withdrawn: a further one has a marker of its own
    written_json   varchar(100000) not null
);
create index if not exists deal_plan_company on deal_plan (company_id);

-- The portal's companies as last read, our own among them.
create table if not exists deal_company (
    company_id bigint primary key,
    title      varchar(500),
    inn        varchar(12)
);

-- What a person has to mend, told once: another entry that meets the same again is not dead for it.
create table if not exists deal_finding (
    what  varchar(80)   primary key,   -- such as payment 42
    words varchar(4000) not null,
    entry bigint        not null       -- the journal's entry that told it
);

-- Which of FinTablo's deals an operation was last seen at: one that moves away changes the sums of the deal it leaves.
create table if not exists deal_money (
    transaction_id bigint not null,
    their_deal     bigint not null,
    primary key (transaction_id, their_deal)
);

-- Signed acts of the portal's deals.
create table if not exists deal_act (
    act       varchar(40) primary key, -- such as report 42
    deal_id   bigint not null,
    signed_on date   not null
);
create index if not exists deal_act_deal on deal_act (deal_id);
