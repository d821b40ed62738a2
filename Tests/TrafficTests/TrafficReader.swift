import Okta
import OktaSamples
import OktaTestSupport

/// Reads all declared fields of a body through its action's typed model.
struct TrafficReader {
    private static let readers = ModelReader.okta.byName
    /// The number of fields with a value.
    private(set) var fieldsRead = 0

    /// Reads an object as a model, including its nested models, and returns the JSON that the model would send.
    mutating func read(_ json: JSON, as name: String) -> JSON? {
        if name == "string" { return json.string.map { JSON($0) } }
        guard let reader = Self.readers[name] else { return nil }
        visit(json, with: reader)
        return reader.roundTrip(json)
    }

    private mutating func visit(_ json: JSON, with reader: ModelReader) {
        if let variant = reader.variant(json), let known = Self.readers["\(type(of: variant))"] {
            return visit(json, with: known)
        }
        for (_, value) in reader.values(json) {
            guard let value else { continue }
            fieldsRead += 1
            descend(value)
        }
    }

    private mutating func descend(_ value: Any) {
        if let model = value as? any OktaModel {
            if let reader = Self.readers["\(type(of: model))"] { visit(model.json, with: reader) }
        } else if let models = value as? [any OktaModel] {
            for model in models { descend(model) }
        } else if let models = value as? [String: any OktaModel] {
            for (_, model) in models { descend(model) }
        }
    }
}
