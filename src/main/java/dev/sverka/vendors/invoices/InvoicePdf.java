package dev.sverka.vendors.invoices;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;

/** Text and picture of a PDF. @param picture PNG of the first page; null where it cannot be drawn */
record InvoicePdf(String text, byte @Nullable [] picture) {

    private static final int DPI = 96;
    /** An invoice is short; a book that somebody dropped is not read to its end. */
    private static final int PAGES = 5;

    /** @throws IOException where it is no PDF, or is encrypted */
    static InvoicePdf read(byte[] content) throws IOException {
        try (PDDocument document = Loader.loadPDF(content)) {
            PDFTextStripper stripper = new PDFTextStripper();
            stripper.setSortByPosition(true);
            stripper.setEndPage(PAGES);
            return new InvoicePdf(stripper.getText(document), picture(document));
        }
    }

    private static byte @Nullable [] picture(PDDocument document) {
        try {
            BufferedImage page = new PDFRenderer(document).renderImageWithDPI(0, DPI);
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(page, "png", png);
            return png.toByteArray();
        } catch (IOException | RuntimeException undrawable) {
            return null;
        }
    }
}
