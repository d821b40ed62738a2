import Okta

/// Reads all fields of one model.
struct ModelReader: Sendable, CustomStringConvertible {
    let name: String
    /// An object in which every field has a value of its type, as JSON.
    let sample: String
    /// The names of the fields that read as something.
    let fieldsFound: @Sendable (JSON) -> [String]
    /// The names of all fields.
    let fields: [String]
    /// The JSON of the model that is made of a value.
    let roundTrip: @Sendable (JSON) -> JSON

    init<Model: OktaModel>(
        _ name: String, _ type: Model.Type, sample: String,
        read: @escaping @Sendable (Model, _ visit: (String, Bool) -> Void) -> Void
    ) {
        self.name = name
        self.sample = sample
        var all: [String] = []
        read(Model()) { field, _ in all.append(field) }
        fields = all
        fieldsFound = { json in
            var found: [String] = []
            read(Model(json: json)) { field, isFound in if isFound { found.append(field) } }
            return found
        }
        roundTrip = { Model(json: $0).json }
    }

    var description: String { name }
}

/// Generated readers, of deprecated fields too: reached through a requirement, they are read without a warning.
protocol ModelReaderSource {
    static var readers: [ModelReader] { get }
}

/// A reader of every model.
let allModelReaders = (AllReaders.self as any ModelReaderSource.Type).readers
