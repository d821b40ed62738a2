import OktaCatalog
import YAML

/// Derives Swift names from the document's names. This happens once, when an entry is imported. After that, the catalog
/// pins the name.
struct UpstreamName {
    /// The names of the document's schemas, which take precedence in a collision.
    private let schemaNames: Set<String>

    init(schemaNames: some Sequence<String>) {
        self.schemaNames = Set(schemaNames)
    }

    /// Returns a schema's name as a type name, such as `OrgBillingContactType` for `orgBillingContactType`, and `Fips`
    /// for `FipsEnum`.
    func typeName(_ name: String) -> String {
        let words = Self.raised(name)
        // A name may have no ASCII letter, and not all YAML parsers read `No` as a string.
        let isName = words.first?.isLetter == true && !PlainScalar(words).isReadDifferentlyElsewhere
        let raised = isName ? words : "Schema" + words
        for (suffix, full) in [("Enum", "Values"), ("Obj", "Object")] where raised.hasSuffix(suffix) {
            let short = String(raised.dropLast(suffix.count))
            return short.count < 4 || schemaNames.contains(short) ? short + full : short
        }
        return raised
    }

    /// Returns the position of a schema that is referenced by its location, such as a property of another schema.
    func place(at pointer: DocumentPointer) -> SchemaTranslator.Place {
        var tokens = pointer.tokens[...]
        var place = SchemaTranslator.Place(name: "", upstream: "")
        if tokens.starts(with: ["components", "schemas"]), tokens.count > 2 {
            place = .init(name: typeName(tokens[2]), upstream: tokens[2])
            tokens = tokens.dropFirst(3)
        }
        while let token = tokens.popFirst() {
            switch token {
            case "allOf":
                _ = tokens.popFirst()
            case "items", "additionalProperties":
                place = .init(name: elementTypeName(place.name), upstream: "\(place.upstream)[]")
            default:
                let field = token == "properties" ? tokens.popFirst() ?? token : token
                place = .init(
                    name: nestedTypeName(owner: place.name, field: field), upstream: "\(place.upstream).\(field)")
            }
        }
        return place.name.first?.isLetter == true ? place : .init(name: "Schema" + place.name, upstream: place.upstream)
    }

    /// Returns the type name of an inline field, from the names of the owner and the field.
    func nestedTypeName(owner: String, field: String) -> String {
        yielding(owner + Self.raised(field), suffix: "Value")
    }

    /// Returns the type name of a parameter that several operations share, such as `ExpandBrand` for
    /// `queryExpandBrand`.
    func parameterTypeName(_ name: String) -> String {
        var bare = name[...]
        for prefix in ["query", "path"]
        where bare.hasPrefix(prefix) && bare.dropFirst(prefix.count).first?.isUppercase == true {
            bare = bare.dropFirst(prefix.count)
        }
        return yielding(Self.raised(String(bare)), suffix: "Parameter")
    }

    /// Returns the type name of a list's elements.
    func elementTypeName(_ name: String) -> String {
        yielding(Self.singular(name), suffix: "Element")
    }

    private func yielding(_ name: String, suffix: String) -> String {
        schemaNames.contains(name) ? name + suffix : name
    }

    private static func raised(_ name: String) -> String {
        IdentifierWords(name).words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    /// Returns the singular of a list's name, such as `key` for `keys`, and `policy` for `policies`.
    private static func singular(_ name: String) -> String {
        if name.hasSuffix("ies"), name.count > 4 { return name.dropLast(3) + "y" }
        if name.hasSuffix("sses") || name.hasSuffix("xes") { return String(name.dropLast(2)) }
        if name.hasSuffix("s"), !name.hasSuffix("ss"), !name.hasSuffix("us"), name.count > 3 {
            return String(name.dropLast())
        }
        return name
    }
}
