import OktaCatalog
import YAML

/// An upstream model or enumeration, to be written into the catalog.
struct ImportedDeclaration {
    /// A field with its facts as YAML, ready for a flow mapping.
    struct Field {
        var name: String
        var type: TypeExpression
        var facts: [(key: String, value: String)]
        var isRequired = false

        /// The field's facts with its type, as entries of a flow mapping.
        var entries: [(key: String, value: String)] {
            [("type", type.notation)] + (isRequired ? [("required", "true")] : []) + facts
        }

        /// The field as one line of the catalog, without indentation.
        var line: String { "\(YAMLText.scalar(name)): \(YAMLText.flowMapping(entries))" }
    }

    /// The variants' fields that a union itself has.
    enum VariantFields {
        case none
        /// Those that every variant has.
        case common
        /// All fields with the same type in all variants: the object has no discriminator.
        case all
    }

    var name: String
    var upstream: String
    var extends: String?
    var isOpen = false
    var discriminator: String?
    var variants: [(value: String?, model: String)] = []
    var variantFields = VariantFields.none
    var fields: [Field] = []
    /// The known values; nil for a model.
    var values: [String]?
    /// The declarations found while this one was filled, in order; some may not be needed in the end.
    var met: [String] = []
    /// The index of each field while the declaration is filled.
    private var fieldIndex: [ExactText: Int] = [:]

    init(name: String, upstream: String) {
        self.name = name
        self.upstream = upstream
    }

    /// Adds a field, or replaces one of a base.
    mutating func set(_ field: Field) {
        if let index = fieldIndex[text: field.name] {
            fields[index] = field
        } else {
            fieldIndex[text: field.name] = fields.count
            fields.append(field)
        }
    }

    /// Marks fields as required.
    mutating func require(_ names: [String]) {
        for name in names {
            if let index = fieldIndex[text: name] { fields[index].isRequired = true }
        }
    }

    /// Adds a variant.
    mutating func add(variant model: String, value: String?) {
        variants.append((value, model))
        met.append(model)
    }

    /// Whether another one has the same values or fields, so that one can be an alias of the other.
    func hasSameContents(as other: ImportedDeclaration) -> Bool {
        guard isOpen == other.isOpen,
            [extends, other.extends, discriminator, other.discriminator] == [nil, nil, nil, nil],
            variants.isEmpty, other.variants.isEmpty, fields.count == other.fields.count,
            values.map(Set.init(texts:)) == other.values.map(Set.init(texts:))
        else { return false }
        let lines = Dictionary(texts: other.fields.map { ($0.name, ExactText($0.line)) })
        return fields.allSatisfy { lines[text: $0.name] == ExactText($0.line) }
    }

    /// The names of the declarations that this one refers to.
    var references: Set<String> {
        Set(fields.flatMap(\.type.references).map(\.value) + variants.map(\.model) + [extends].compactMap { $0 })
    }

    /// The entry's lines in a file of `Spec/models`, as a member of its list.
    func lines(group: String, documentation: String? = nil) -> [String] {
        var lines = [values == nil ? "- model: \(name)" : "- enum: \(name)"]
        lines.append("  upstream: \(YAMLText.scalar(upstream, inFlow: false))")
        if group != name { lines.append("  group: \(group)") }
        if let documentation { lines.append("  doc: \(YAMLText.scalar(documentation, inFlow: false))") }
        if let extends { lines.append("  extends: \(extends)") }
        if isOpen { lines.append("  open: true") }
        if let discriminator { lines.append("  discriminator: \(YAMLText.scalar(discriminator, inFlow: false))") }
        if let variantsValue { lines += variantsValue.entry(under: "variants").map { "  \($0)" } }
        if !fields.isEmpty { lines += ["  fields:"] + fields.map { "    \($0.line)" } }
        if let values { lines += ["  values:"] + values.map { "    - \(YAMLText.scalar($0, inFlow: false))" } }
        return lines
    }

    /// The entry's variants; nil when there are none.
    var variantsValue: YAMLEdits.Value? {
        guard !variants.isEmpty else { return nil }
        let valued = variants.compactMap { variant in variant.value.map { ($0, variant.model) } }
        if valued.isEmpty { return .line(YAMLText.flowSequence(variants.map(\.model))) }
        return .members(valued.map { "\(YAMLText.scalar($0)): \($1)" })
    }
}
