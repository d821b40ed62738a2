/// Finds the declarations that may apply to an object: that of its model, or those of the model's variants,
/// recursively.
struct FormSearch {
    let schema: ModelSchema
    let json: JSON

    /// A declaration, with the discriminator if its value names none of the variants.
    struct Candidate {
        var declaration: JSON
        var unknownValue: String?
    }

    /// The declarations, with the most likely one first.
    private(set) var found: [Candidate] = []
    /// The names of the discriminators, whether or not the variant declares them.
    private(set) var discriminators: Set<String> = []

    private let name: String
    private var pending: [String]
    private var seen: Set<String> = []

    init(schema: ModelSchema, json: JSON, name: String) {
        self.schema = schema
        self.json = json
        self.name = name
        pending = [name]
    }

    mutating func run() {
        while !pending.isEmpty {
            let name = pending.removeFirst()
            guard seen.insert(name).inserted, let declaration = schema.declaration(name) else { continue }
            if let discriminator = declaration["discriminator"]?.string {
                follow(discriminator, of: declaration, named: name)
            } else {
                found.append(Candidate(declaration: declaration))
                pending += (declaration["variants"]?.elements ?? []).compactMap(\.string)
            }
        }
        // The unions are variants of each other.
        if found.isEmpty, let declaration = schema.declaration(name) {
            found.append(Candidate(declaration: declaration))
        }
    }

    /// Follows a discriminator to its variant, or to the model itself if it names no variant.
    private mutating func follow(_ discriminator: String, of declaration: JSON, named name: String) {
        discriminators.insert(discriminator)
        guard let value = json[discriminator]?.string else {
            return found.append(Candidate(declaration: declaration))
        }
        guard let form = declaration["variants"]?[value]?.string else {
            return found.append(Candidate(declaration: declaration, unknownValue: discriminator))
        }
        if form == name || schema.declaration(form) == nil {
            found.append(Candidate(declaration: declaration))
        } else {
            pending.append(form)
        }
    }
}
