/**
 * Results for OPC UA clients, such as a PLC: a server with the last result, counters and events.
 */
@NullMarked
package org.aand.serve.sink.opcua;

import org.jspecify.annotations.NullMarked;
