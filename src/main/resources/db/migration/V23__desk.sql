-- What the pages of the desk ask for. May be repeated.

-- When a person was on the first page: what the machine has done since then is told there.
create table if not exists desk_visit (
    person    varchar(200) primary key,
    seen_at   bigint not null,            -- last
    before_at bigint                      -- the last time of the visit before this one
);
create index if not exists decision_at on decision (at);
create index if not exists intent_marker on intent (marker);

-- The portal's address of an item of a kind, up to its id.
create table if not exists portal_page (
    entity varchar(100) primary key,
    before_id varchar(500) not null
);

-- Operations that teach nothing of their payer's account, though people have said whose money they are.
create table if not exists account_untaught (
    operation_id bigint primary key,
    by_person    varchar(80) not null,
    at           bigint      not null
);

-- What people look for: a number, a sum, a day.
create index if not exists bank_operation_number on bank_operation (doc_number);
create index if not exists bank_operation_amount on bank_operation (amount);
create index if not exists bank_operation_booked on bank_operation (booked_on, bank_account, id);
create index if not exists payment_amount on payment (amount);
create index if not exists review_asked on review (asked_at);
