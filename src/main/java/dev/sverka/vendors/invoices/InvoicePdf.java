package dev.sverka.vendors.invoices;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;

/**
 * Text and picture of a PDF. A file is anything that somebody sends: {@link PdfReader} reads it apart, for so long and so
 * large only, and whatever it breaks is its own.
 *
 * @param picture PNG of the first page; null where it cannot be drawn
 */
record InvoicePdf(String text, byte @Nullable [] picture) {

    private static final float DPI = 96;
    private static final float POINTS = 72;
    /** An invoice is short; of a long one the rows in the middle say nothing that counts. */
    private static final int PAGES = 5;
    /** So many of them at the end, where the sum stands. */
    private static final int LAST = 2;
    private static final int LONGEST_TEXT = 100_000;
    /** A picture's longer side; of a page as large as a wall the picture is a smaller one. */
    private static final float LONGEST_SIDE = 1600;
    private static final int LARGEST_PICTURE = 2 * 1024 * 1024;
    /** Pictures within the page are unpacked to be drawn: more points than this are not. */
    private static final long MOST_POINTS = 30_000_000;
    static final int LARGEST_ANSWER = 4 * 1024 * 1024;

    /** A file that is a PDF; its text is asked for first. */
    record Opened(PDDocument document) implements AutoCloseable {

        String text() throws IOException {
            int pages = document.getNumberOfPages();
            return pages <= PAGES ? text(1, pages) : text(1, PAGES - LAST) + text(pages - LAST + 1, pages);
        }

        private String text(int from, int to) throws IOException {
            PDFTextStripper stripper = new PDFTextStripper();
            stripper.setSortByPosition(true);
            stripper.setStartPage(from);
            stripper.setEndPage(to);
            String text = stripper.getText(document);
            return text.substring(0, Math.min(text.length(), LONGEST_TEXT));
        }

        byte @Nullable [] picture() {
            return InvoicePdf.picture(document);
        }

        @Override
        public void close() throws IOException {
            document.close();
        }
    }

    /** @throws IOException where it is no PDF, or is encrypted */
    static Opened open(byte[] content) throws IOException {
        return new Opened(Loader.loadPDF(content));
    }

    private static byte @Nullable [] picture(PDDocument document) {
        try {
            PDPage first = document.getPage(0);
            float side = Math.max(first.getCropBox().getWidth(), first.getCropBox().getHeight());
            if (!(side > 0) || points(first) > MOST_POINTS) {
                return null;
            }
            PDFRenderer renderer = new PDFRenderer(document);
            renderer.setSubsamplingAllowed(true);
            BufferedImage page = renderer.renderImage(0, Math.min(DPI / POINTS, LONGEST_SIDE / side));
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(page, "png", png);
            return png.size() > LARGEST_PICTURE ? null : png.toByteArray();
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError undrawable) {
            return null;
        }
    }

    /** As the pictures of a page say of themselves. */
    private static long points(PDPage page) {
        long points = 0;
        if (page.getResources() != null) {
            for (COSName name : page.getResources().getXObjectNames()) {
                if (page.getResources().getCOSObject().getCOSDictionary(COSName.XOBJECT)
                        .getDictionaryObject(name) instanceof COSStream stream) {
                    points += Math.abs((long) stream.getInt(COSName.WIDTH, 0) * stream.getInt(COSName.HEIGHT, 0));
                }
            }
        }
        return points;
    }
}
