package dev.sverka.desk.console;

import dev.sverka.flows.payments.Reviews;
import dev.sverka.vendors.invoices.InvoiceRows;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** The first page of an invoice file that waits for a person, to whoever may see the question on it. */
@Controller
class InvoicePicturePage {

    private final Reviews reviews;
    private final InvoiceRows files;

    InvoicePicturePage(Reviews reviews, InvoiceRows files) {
        this.reviews = reviews;
        this.files = files;
    }

    @GetMapping("/reviews/{id}/picture")
    ResponseEntity<byte[]> picture(@PathVariable long id) {
        byte[] picture = reviews.find(id).filter(one -> one.kind().equals("invoice-file"))
                .flatMap(one -> files.picture(String.valueOf(one.operation().get("hash"))))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        return ResponseEntity.ok().contentType(MediaType.IMAGE_PNG).cacheControl(CacheControl.noStore()).body(picture);
    }
}
