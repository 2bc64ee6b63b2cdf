package dev.sverka.vendors.diadoc;

/** What proves to Diadoc who asks. Safe for use by many threads. */
interface DiadocLogin {

    /**
     * The {@code Authorization} header to send now; logs in first where needed.
     *
     * @throws dev.sverka.core.http.VendorException where that fails
     */
    String header();

    /** This header was answered with 401: the next one must be another. */
    void refused(String header);
}
