package dev.sverka.records.edo;

/** What a document is. */
public enum EdoKind {
    CONTRACT, SUPPLEMENTARY_AGREEMENT, ACT, BILL,
    /** Universal transfer document: an act or waybill, often with a VAT invoice in it. */
    UPD,
    /** Of whatever is corrected: UPD or VAT invoice. */
    CORRECTION,
    VAT_INVOICE, WAYBILL, RECONCILIATION, OTHER
}
