-- What a decision looks for is found by an index: whose news may decide an operation, which payments of a customer are
-- still to be paid, and by which numbers a purpose may name one that is not. May be repeated.

-- customers whose news may decide an operation: ИНН, payer's account, or a name as it is compared
create table if not exists operation_customer (
    operation_id bigint      not null,
    customer     varchar(60) not null,
    primary key (operation_id, customer)
);
create index if not exists operation_customer_customer on operation_customer (customer);

alter table bank_operation add column if not exists fee bigint default 0 not null; -- what the bank has kept of a register of card money, kopecks
alter table company add column if not exists name_key varchar(60);                 -- the title as names are compared
create index if not exists company_name on company (name_key);

-- follows from stage, amount and shares, and is brought up to date with them
alter table payment add column if not exists closed boolean default false not null;   -- nothing is left to be paid on it
alter table payment add column if not exists by_hand bigint default 0 not null;        -- what people's hands have set, kopecks
alter table payment add column if not exists papered boolean default false not null;   -- its papers stand in payment_paper
create index if not exists payment_open on payment (company_id, closed);
drop index if exists payment_company;
create index if not exists payment_by_hand on payment (company_id, seen_date);

-- numbers by which a purpose may name a payment, each reduced to what every spelling of it has in common
create table if not exists payment_paper (
    payment_id bigint      not null,
    paper_key  varchar(60) not null,
    primary key (payment_id, paper_key)
);
create index if not exists payment_paper_key on payment_paper (paper_key);

create index if not exists bank_operation_sum on bank_operation (amount, booked_on);
create index if not exists bank_operation_taught on bank_operation (party_account, by_person);
drop index if exists bank_operation_account;
