package io.p2pmap.spring.actuate;

import java.util.List;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A page of a map's contents, sorted by key.
 *
 * @param page number of the page, from zero
 * @param size largest number of entries in a page
 * @param total number of entries that the page was chosen from
 */
record PageDescriptor(String map, int page, int size, int total, List<EntryDescriptor> entries)
    implements OperationResponseBody {}
