-- when our last write of a payment was confirmed: the portal's event about it is our own echo
alter table payment add column if not exists written_at bigint;
