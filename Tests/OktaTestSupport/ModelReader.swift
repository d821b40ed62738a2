package import OktaRuntime

/// Reads all fields of one model through its typed properties.
package struct ModelReader: Sendable, CustomStringConvertible {
    /// A function that receives the value of a field's property; nil if it reads nil.
    package typealias Visit = (_ field: String, _ value: Any?) -> Void

    package let name: String
    /// An object in which every field has a value of its type, as JSON.
    package let sample: String
    /// The names of all fields.
    package let fields: [String]
    /// The values of the fields, as read by their properties.
    package let values: @Sendable (JSON) -> [(field: String, value: Any?)]
    /// The object as the variant that its discriminator names; nil for a model without variants and for an unknown one.
    package let variant: @Sendable (JSON) -> (any OktaModel)?
    /// Whether the model's `id` is a non-optional text.
    package let hasID: Bool
    /// The JSON of the model created from a value.
    package let roundTrip: @Sendable (JSON) -> JSON

    package init<Model: OktaModel>(
        _ name: String, _ type: Model.Type, sample: String, variant: @escaping @Sendable (Model) -> Any? = { _ in nil },
        read: @escaping @Sendable (Model, Visit) -> Void
    ) {
        self.name = name
        hasID = (type as? any Identifiable.Type).map { Self.isText($0) } ?? false
        self.sample = sample
        var all: [String] = []
        read(Model()) { field, _ in all.append(field) }
        fields = all
        values = { json in
            var values: [(String, Any?)] = []
            read(Model(json: json)) { values.append(($0, $1)) }
            return values
        }
        self.variant = { json in
            // A variant is the payload of an enumeration's case; `unknown` contains the model itself.
            guard let form = variant(Model(json: json)).map({ Swift.Mirror(reflecting: $0) }),
                let model = form.children.first?.value as? any OktaModel, !(model is Model)
            else { return nil }
            return model
        }
        roundTrip = { Model(json: $0).json }
    }

    private static func isText<Value: Identifiable>(_ type: Value.Type) -> Bool { Value.ID.self == String.self }

    package var description: String { name }

    /// Returns the names of the fields that are not nil.
    package func fieldsFound(_ json: JSON) -> [String] {
        values(json).compactMap { $0.value == nil ? nil : $0.field }
    }
}

extension [ModelReader] {
    /// The readers by the name of their model.
    package var byName: [String: ModelReader] {
        Dictionary(map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

/// Generated readers, including those of deprecated fields: access through a protocol requirement causes no warning.
package protocol ModelReaderSource {
    static var readers: [ModelReader] { get }
}
