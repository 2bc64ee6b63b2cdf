-- What the bank takes back: operations that vanish, change or come under another id; and that people are told of it.

alter table bank_operation add column read_at bigint;                          -- when the source was asked
alter table bank_operation add column fingerprint varchar(40);                 -- equal for one movement under two ids
alter table bank_operation add column withdrawn boolean default false not null; -- the bank shows it no longer
create index bank_operation_day on bank_operation (bank_account, booked_on);

alter table allocation add column freed_because varchar(300);
alter table allocation add column freed_told boolean default false not null;

alter table payment add column released boolean default false not null;        -- given back to automatic writing
