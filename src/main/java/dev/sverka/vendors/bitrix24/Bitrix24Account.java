package dev.sverka.vendors.bitrix24;

/** What is needed to work with one portal. */
record Bitrix24Account(Bitrix24Client client, Bitrix24Names names, Bitrix24Items items, Bitrix24Companies companies,
        Bitrix24Dates dates, Bitrix24Together writes, Bitrix24Together reads, Bitrix24Recent recent) {
}
