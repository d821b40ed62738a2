import OktaCatalog
import YAML

/// A model or enumeration of Okta's document, with its name in the catalog.
struct UpstreamDeclaration {
    /// The fields of the variants that a union has itself.
    enum VariantFields {
        case none
        /// The fields that all variants have.
        case common
        /// All fields with the same type in all variants, because the object has no discriminator.
        case all
    }

    /// The descriptions in the document, for the authors of the catalog's sentences.
    struct Words {
        var text: String?
        /// The texts of the fields by name.
        var fields: [ExactText: String] = [:]
        /// The limits of the fields for which the catalog has no key.
        var limits: [ExactText: [String]] = [:]
    }

    let name: String
    /// The position in the document.
    let upstream: String
    let location: SourceLocation
    var extends: String?
    var isOpen = false
    var discriminator: String?
    private(set) var variants: [(value: String?, model: String)] = []
    var variantFields = VariantFields.none
    var fields: [CatalogModel.Field] = []
    /// The known values; nil for a model.
    var values: [String]?
    /// The declarations found while this one was filled, in order. Some of them may turn out to be unused.
    var met: [String] = []
    var words = Words()
    /// The index of each field while the declaration is filled.
    private var fieldIndex: [ExactText: Int] = [:]

    init(name: String, upstream: String, at location: SourceLocation) {
        self.name = name
        self.upstream = upstream
        self.location = location
    }

    /// Adds a field, or replaces one of a base.
    mutating func set(_ field: CatalogModel.Field) {
        if let index = fieldIndex[text: field.name.value] {
            fields[index] = field
        } else {
            fieldIndex[text: field.name.value] = fields.count
            fields.append(field)
        }
    }

    /// Adds the values of an enumeration that it lacks.
    mutating func add(values stated: [String]) {
        guard var values else { return }
        var seen = Set(texts: values)
        for value in stated where seen.insert(text: value) { values.append(value) }
        self.values = values
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

    /// The names of the declarations that this one refers to.
    var references: Set<String> {
        Set(fields.flatMap(\.type.references).map(\.value) + variants.map(\.model) + [extends].compactMap { $0 })
    }

    /// The variants as stated in the catalog. If any variant has a value, those without one are omitted.
    var statedVariants: [(value: String?, model: String)] {
        let valued = variants.filter { $0.value != nil }
        return valued.isEmpty ? variants : valued
    }

    // MARK: Values of the catalog

    /// The model.
    var model: CatalogModel {
        var model = CatalogModel(located(name), upstream: located(upstream))
        model.extends = extends.map(located)
        model.isOpen = isOpen
        model.discriminator = discriminator.map(located)
        model.variants = statedVariants.map { .init(located($0.model), value: $0.value) }
        model.fields = fields
        return model
    }

    /// The enumeration; nil for a model.
    var enumeration: CatalogEnumeration? {
        values.map { CatalogEnumeration(located(name), upstream: located(upstream), values: $0.map(located)) }
    }

    private func located(_ text: String) -> Located<String> { Located(text, at: location) }
}
