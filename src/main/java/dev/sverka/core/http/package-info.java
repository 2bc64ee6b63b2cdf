/**
 * The one door to the network: an OkHttp client per account, the verdicts a failed call can get, pages, and the port
 * through which replicas share a vendor's limit.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.sverka.core.http;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
