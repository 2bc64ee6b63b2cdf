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
