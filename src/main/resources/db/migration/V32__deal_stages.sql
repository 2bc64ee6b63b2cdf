-- Stages of the portal's deals in FinTablo, and what support deals were given each month. May be repeated.

create table if not exists deal_stage (
    stage_id     bigint primary key,        -- the portal's
    deal_id      bigint          not null,  -- the portal's
    written_json varchar(100000) not null   -- what FinTablo's stage held last by us
);
create index if not exists deal_stage_deal on deal_stage (deal_id);
