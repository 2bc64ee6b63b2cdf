package dev.sverka.flows.payments;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which words stand where: for each word and block of ids, the ids. One writer at a time; joins its transaction. */
final class WordIndex {

    /** Ids of a block. */
    private static final int BLOCK = 4096;
    private static final int BITS = BLOCK / 8;
    /** Rows of the index that a search reads at the most for one word; no word of a natural text needs so many. */
    private static final int MOST = 30_000;
    private static final int AT_ONCE = 500;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    WordIndex(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /**
     * What has been found.
     *
     * @param ids the newest first
     * @param whole whether these are all; else there are older ones
     */
    record Hits(List<Long> ids, boolean whole) {
    }

    /** @param words the words of each id */
    void add(String kind, Map<Long, Set<String>> words) {
        Map<Long, Map<String, BitSet>> blocks = new TreeMap<>();
        words.forEach((id, all) -> all.forEach(word -> blocks.computeIfAbsent(id / BLOCK, block -> new TreeMap<>())
                .computeIfAbsent(word, one -> new BitSet()).set((int) (id % BLOCK))));
        blocks.forEach((block, added) -> add(kind, block, added));
    }

    private void add(String kind, long block, Map<String, BitSet> added) {
        Map<String, BitSet> there = there(kind, block, added.keySet());
        List<Object[]> fresh = new ArrayList<>();
        List<Object[]> changed = new ArrayList<>();
        added.forEach((word, bits) -> {
            BitSet before = there.get(word);
            if (before == null) {
                fresh.add(new Object[] {kind, bytes(word), block, packed(bits)});
                return;
            }
            BitSet all = (BitSet) before.clone();
            all.or(bits);
            if (!all.equals(before)) {
                changed.add(new Object[] {packed(all), kind, bytes(word), block});
            }
        });
        batches.batchUpdate("insert into search_word (kind, word, block, ids) values (?, ?, ?, ?)", fresh);
        batches.batchUpdate("update search_word set ids = ? where kind = ? and word = ? and block = ?", changed);
    }

    private Map<String, BitSet> there(String kind, long block, Collection<String> words) {
        Map<String, BitSet> there = new HashMap<>();
        List<String> all = List.copyOf(words);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            Object[] some = all.subList(from, Math.min(all.size(), from + AT_ONCE)).stream().map(WordIndex::bytes)
                    .toArray();
            jdbc.sql("select word, ids from search_word where kind = ? and block = ? and word in ("
                    + "?, ".repeat(some.length - 1) + "?)").param(kind).param(block).params(some).query(row -> {
                        there.put(new String(row.getBytes(1), StandardCharsets.UTF_8), unpacked(row.getBytes(2)));
                    });
        }
        return there;
    }

    /**
     * Where all of it stands.
     *
     * @param from the smallest id that is wanted
     * @param to the largest
     * @param most of them at the most
     */
    Hits find(String kind, List<Words.Term> terms, long from, long to, int most) {
        NavigableMap<Long, BitSet> found = null;
        boolean whole = true;
        for (Words.Term term : terms) {
            Map<Long, BitSet> one = new HashMap<>();
            whole &= read(kind, term, from / BLOCK, to / BLOCK, one) <= MOST;
            if (found == null) {
                found = new TreeMap<>(one);
            } else {
                found.keySet().retainAll(one.keySet());
                found.forEach((block, bits) -> bits.and(one.get(block)));
            }
        }
        return found == null ? new Hits(List.of(), true) : newest(found, from, to, most, whole);
    }

    private static Hits newest(NavigableMap<Long, BitSet> found, long from, long to, int most, boolean whole) {
        List<Long> ids = new ArrayList<>();
        for (Map.Entry<Long, BitSet> block : found.descendingMap().entrySet()) {
            for (int bit = BLOCK; (bit = block.getValue().previousSetBit(bit - 1)) >= 0;) {
                long id = block.getKey() * BLOCK + bit;
                if (id < from || id > to) {
                    continue;
                }
                if (ids.size() == most) {
                    return new Hits(ids, false);
                }
                ids.add(id);
            }
        }
        return new Hits(ids, whole);
    }

    private int read(String kind, Words.Term term, long from, long to, Map<Long, BitSet> found) {
        byte[] word = bytes(term.word());
        int[] rows = {0};
        jdbc.sql("select block, ids from search_word where kind = ? and "
                + (term.beginning() ? "word >= ? and word < ?" : "word = ?") + " and block >= ? and block <= ? limit ?")
                .params(term.beginning() ? List.of(kind, word, after(word), from, to, MOST + 1)
                        : List.of(kind, word, from, to, MOST + 1))
                .query(row -> {
                    rows[0]++;
                    add(found.computeIfAbsent(row.getLong(1), block -> new BitSet(BLOCK)), row.getBytes(2));
                });
        return rows[0];
    }

    /** No byte of UTF-8 is so great: after all that begins with the word. */
    private static byte[] after(byte[] word) {
        byte[] after = Arrays.copyOf(word, word.length + 1);
        after[word.length] = (byte) 0xff;
        return after;
    }

    private static byte[] bytes(String word) {
        return word.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] packed(BitSet bits) {
        if (bits.cardinality() * 2 >= BITS) {
            return Arrays.copyOf(bits.toByteArray(), BITS);
        }
        ByteBuffer buffer = ByteBuffer.allocate(bits.cardinality() * 2);
        bits.stream().forEach(bit -> buffer.putShort((short) bit));
        return buffer.array();
    }

    private static BitSet unpacked(byte[] packed) {
        BitSet bits = new BitSet(BLOCK);
        add(bits, packed);
        return bits;
    }

    private static void add(BitSet bits, byte[] packed) {
        if (packed.length == BITS) {
            bits.or(BitSet.valueOf(packed));
            return;
        }
        for (ByteBuffer buffer = ByteBuffer.wrap(packed); buffer.hasRemaining();) {
            bits.set(buffer.getShort());
        }
    }
}
