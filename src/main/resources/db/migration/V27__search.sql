-- Words that people look for, in what they stand. May be repeated. Filled beside the work, from the beginning too.

-- One row a word and block of 4096 ids: so a word that stands everywhere costs a few rows, and two words are met block by
-- block. Words as bytes of UTF-8: ranges of them do not depend on a collation.
create table if not exists search_word (
    kind  varchar(1) not null,             -- o operation, p payment, c company
    word  bytea      not null,
    block bigint     not null,
    ids   bytea      not null,             -- where in the block: two bytes each, or 512 bytes of bits where they are many
    primary key (kind, word, block)
);

-- Up to which version of an operation words have been taken.
create table if not exists search_cursor (
    kind       varchar(1) primary key,
    version_id bigint not null
);

alter table payment add column if not exists worded boolean default false not null; -- its words have been taken
alter table company add column if not exists worded boolean default false not null;
create index if not exists payment_worded on payment (worded, id);
create index if not exists company_worded on company (worded, id);

-- What totals of days are made of stands in the index itself.
create index if not exists bank_operation_totals on bank_operation
    (booked_on, bank_account, box, currency, direction, withdrawn, amount);
create index if not exists bank_operation_box on bank_operation (box, booked_on, bank_account, id);
