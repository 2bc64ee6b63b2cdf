package dev.sverka.sandbox;

import dev.sverka.sandbox.diadoc.DiadocPaper;
import dev.sverka.sandbox.diadoc.DiadocStandIn;
import dev.sverka.vendors.invoices.InvoicePaper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * The month's papers, one after another while the sandbox runs: a supplier's act that becomes a document, the same act
 * with another sum, which is a person's to decide, and invoices made in 1C, one of them a scan without words.
 */
public final class MonthPapers {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy");
    private static final String LANDLORD_INN = "0099020349";

    private final DiadocStandIn diadoc;
    private final Path invoices;
    private final LocalDate today;

    private MonthPapers(DiadocStandIn diadoc, Path invoices, LocalDate today) {
        this.diadoc = diadoc;
        this.invoices = invoices;
        this.today = today;
    }

    /**
     * @param invoices the drop folder of {@code sverka.invoices}
     * @return what happens, to be run one after another
     */
    public static List<Runnable> of(DiadocStandIn diadoc, Path invoices, LocalDate today) {
        diadoc.box(DiadocStandIn.BOX, AgencyMonth.OWN_INN, AgencyMonth.OWN_NAME);
        diadoc.stranger(DiadocStandIn.COUNTERPARTY, LANDLORD_INN, "ООО «Бизнес-центр Причал»");
        MonthPapers month = new MonthPapers(diadoc, invoices, today);
        return List.of(() -> month.act("90000.00"), () -> month.drop("Счёт АР-1107.pdf", InvoicePaper.pdf(month.bill())),
                () -> month.drop("скан без слов.pdf", InvoicePaper.pdf("")), () -> month.act("95000.00"));
    }

    private void act(String sum) {
        DiadocPaper act = diadoc.box().sent("Inbound", DiadocStandIn.COUNTERPARTY, new DiadocPaper.Content(
                "AcceptanceCertificate", "default", "АР-311", today.minusDays(1), sum));
        diadoc.box().deliver(act);
    }

    private String bill() {
        return InvoicePaper.words("АР-1107", DAY.format(today), LANDLORD_INN, AgencyMonth.OWN_INN, "90 000,00",
                "В том числе НДС 20%: 15 000,00").replace("Вымысел-Продавец", "Бизнес-центр Причал")
                .replace("Вымысел-Покупатель", "Северный маяк").replace("Разработка сайта", "Аренда офиса");
    }

    private void drop(String name, byte[] content) {
        try {
            Files.write(invoices.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
