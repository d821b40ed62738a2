import Okta
import OktaTestSupport

/// Reads a body through its action's typed model, everything in it that the catalog declares.
struct TrafficReader {
    /// How many fields gave a value.
    private(set) var fieldsRead = 0
    /// How many fields hold something, but not what the catalog says.
    private(set) var misfits = 0
    /// The name of each misfit's model and field, with how often it was met.
    private(set) var misfitCounts: [String: Int] = [:]

    /// Reads an object as a model, its nested models included, and gives back what the model would send.
    mutating func read(_ json: JSON, as name: String) -> JSON? {
        guard let reader = ModelReader.byName[name] else { return nil }
        visit(json, with: reader)
        return reader.roundTrip(json)
    }

    private mutating func visit(_ json: JSON, with reader: ModelReader) {
        if let variant = reader.variant(json), let known = ModelReader.byName["\(type(of: variant))"] {
            return visit(json, with: known)
        }
        for (field, value) in reader.values(json) {
            guard let value else {
                if let member = json[field], member.kind != .null { miss(reader, field) }
                continue
            }
            fieldsRead += 1
            if let elements = json[field]?.elements, let typed = value as? [Any], typed.count != elements.count {
                miss(reader, field)
            }
            descend(value)
        }
    }

    private mutating func descend(_ value: Any) {
        if let model = value as? any OktaModel {
            if let reader = ModelReader.byName["\(type(of: model))"] { visit(model.json, with: reader) }
        } else if let models = value as? [any OktaModel] {
            for model in models { descend(model) }
        } else if let models = value as? [String: any OktaModel] {
            for (_, model) in models { descend(model) }
        }
    }

    private mutating func miss(_ reader: ModelReader, _ field: String) {
        misfits += 1
        misfitCounts["\(reader.name).\(field)", default: 0] += 1
    }
}
