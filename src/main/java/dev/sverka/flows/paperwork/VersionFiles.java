package dev.sverka.flows.paperwork;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Files of versions, kept for ever, the same bytes once: published to the desk. Joins the running transaction. */
public class VersionFiles {

    /** A larger file is named with its size, and not kept. */
    static final int LARGEST = 20 * 1024 * 1024;

    private static final String SELECT = "select number, file, name, size, hash, why from version_file ";
    private static final int LONGEST_NAME = 300;

    private final JdbcClient jdbc;

    VersionFiles(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The file of a version.
     *
     * @param file the portal's id of it
     * @param hash SHA-256 of the bytes; null where they could not be kept
     * @param why then: {@code large}, {@code changed} before it could be read, or {@code gone}; null else
     */
    public record Kept(int number, String file, String name, long size, @Nullable String hash, @Nullable String why) {
    }

    /** Of all versions of an item that have a file, oldest first. */
    public List<Kept> of(String entity, long item) {
        return jdbc.sql(SELECT + "where entity = ? and item = ? order by number").params(entity, item)
                .query(VersionFiles::row).list();
    }

    public Optional<Kept> of(String entity, long item, int number) {
        return jdbc.sql(SELECT + "where entity = ? and item = ? and number = ?").params(entity, item, number)
                .query(VersionFiles::row).optional();
    }

    /** The bytes of a file; empty where they are not kept. */
    public Optional<byte[]> content(Kept file) {
        return jdbc.sql("select content from version_content where hash = ?").param(file.hash())
                .query((row, number) -> row.getBytes(1)).optional();
    }

    /** The same file of an earlier version, with its bytes. */
    Optional<Kept> known(String entity, long item, String file) {
        return jdbc.sql(SELECT + "where entity = ? and item = ? and file = ? and hash is not null limit 1")
                .params(entity, item, file).query(VersionFiles::row).optional();
    }

    void keep(String entity, long item, Kept file) {
        jdbc.sql("insert into version_file (entity, item, number, file, name, size, hash, why) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(entity, item, file.number(), file.file(), file.name().length() > LONGEST_NAME
                        ? file.name().substring(0, LONGEST_NAME) : file.name(), file.size(), file.hash(), file.why()))
                .update();
    }

    /** @return under which hash the bytes lie */
    String store(byte[] content) {
        String hash = hash(content);
        jdbc.sql("insert into version_content (hash, content) select ?, ? where not exists "
                + "(select 1 from version_content where hash = ?)").params(hash, content, hash).update();
        return hash;
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Kept row(ResultSet row, int number) throws SQLException {
        return new Kept(row.getInt(1), row.getString(2), row.getString(3), row.getLong(4), row.getString(5),
                row.getString(6));
    }
}
