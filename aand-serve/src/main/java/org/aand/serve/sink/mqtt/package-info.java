/** Results for subscribers of an MQTT broker. */
@NullMarked
package org.aand.serve.sink.mqtt;

import org.jspecify.annotations.NullMarked;
