// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.server.plan.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What documents say, as they say it, with places. Immutable. */
public final class PlanTree {
  private final List<JsonValue> documents;
  private final Map<Dialect, JsonObject> objects;

  private PlanTree(List<JsonValue> documents, Map<Dialect, JsonObject> objects) {
    this.documents = List.copyOf(documents);
    this.objects = Map.copyOf(objects);
  }

  /** Reads documents; of what cannot be read it has what could be. Blocks as the includes do. */
  public static PlanTree read(List<Document> documents, Includes includes) {
    Findings unheard = new Findings();
    JsonReader reader = new JsonReader(unheard, includes, JsonLimits.STANDARD);
    List<JsonValue> values = new ArrayList<>();
    documents.forEach(document -> reader.read(document).ifPresent(values::add));
    DocumentMerge merge = new DocumentMerge(unheard);
    values.forEach(merge::add);
    return new PlanTree(values, merge.result());
  }

  /** Each document by itself. */
  List<JsonValue> documents() {
    return documents;
  }

  /** The object of a family, of all documents together; one without members if there is none. */
  JsonObject object(Dialect dialect) {
    JsonObject found = objects.get(dialect);
    return found == null ? new JsonObject(new Place("plan", 1, 1), Map.of()) : found;
  }
}
