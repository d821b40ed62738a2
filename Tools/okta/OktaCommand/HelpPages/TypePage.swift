internal import OktaRuntime

/// The help page of a type: the fields of a model, or the values of an enumeration.
package struct TypePage: Sendable {
    private let name: String
    private let module: CatalogModule
    private let types: FieldTypes

    private init(_ name: String, _ module: CatalogModule) {
        self.name = name
        self.module = module
        types = FieldTypes(module.schema)
    }

    /// All types, by their lowercase names.
    private static let byLowercaseName: [String: [(name: String, module: CatalogModule)]] = {
        let all = CatalogModule.allCases.flatMap { module in module.schema.names.map { (name: $0, module: module) } }
        return Dictionary(grouping: all) { $0.name.lowercased() }
    }()

    /// Returns the pages of a type, one for each module that has it. Names are case-insensitive.
    ///
    /// - Throws: A ``CommandFailure`` with similar names if there is no such type.
    package static func all(_ name: String) throws(CommandFailure) -> [TypePage] {
        if let found = byLowercaseName[name.lowercased()] { return found.map { TypePage($0.name, $0.module) } }
        let known = CatalogModule.allCases.flatMap(\.schema.names)
        let nearest: [String]
        switch NameMatch(name, among: known.map { ([$0.lowercased()], $0) }) {
        case .found(let type), .beginning(let type, of: _): nearest = [type]
        case .ambiguous(let names), .unknown(let names):
            nearest = names.prefix(3).compactMap { near in known.first { $0.lowercased() == near } }
        }
        throw .usage(
            "there is no type '\(name)'",
            advice: nearest.isEmpty
                ? "The page of an action names the types of its body."
                : "Did you mean \(nearest.joined(separator: " or "))?")
    }

    /// Returns the page as plain text.
    package func text(_ layout: PageLayout) -> String {
        if let values = types.values(of: name) {
            return ([title("one of these values")] + values.map { "  \($0)" }).joined(separator: "\n")
        }
        let fields = types.fields(of: name).map { field in
            (name: field.name, text: "\(field.type)\(field.isRequired ? " (required)" : "")")
        }
        var lines = [title(fields.isEmpty ? "any JSON" : "an object with these fields")] + layout.entries(fields)
        let variants = types.variants(of: name)
        if !variants.isEmpty {
            lines += ["", "It has more fields as one of these types:"]
            lines += layout.entries(variants.map { ($0.name, $0.when) })
        }
        return lines.joined(separator: "\n")
    }

    private func title(_ kind: String) -> String { "\(name) (\(module.rawValue)): \(kind)" }
}
