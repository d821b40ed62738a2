import OktaCatalog
import YAML

/// A document's facts about the actions of a catalog, and the models and enumerations that they need.
struct Translation {
    /// Parts that the catalog keeps even if the document differs.
    struct Pins {
        /// Names of declarations, by upstream position.
        var names: [ExactText: String] = [:]
        /// Types of fields, by model and field.
        var fields: [String: [ExactText: TypeExpression]] = [:]
        /// Names that new declarations must not use.
        var usedNames: Set<String> = []
    }

    /// The actions in the document with their facts, in the order of the catalog.
    private(set) var actions: [(action: CatalogAction, facts: ActionFacts)] = []
    /// The actions whose operation the document lacks.
    private(set) var unmatched: [CatalogAction] = []
    /// The declarations.
    private(set) var translator: SchemaTranslator
    /// The places of declarations.
    private(set) var places: [String: ModelPlacement.Place] = [:]

    /// Translates everything that the catalog needs; existing parts are kept.
    init(of document: OpenAPIDocument, for catalog: Catalog) {
        var pins = Pins(fields: catalog.fieldTypes)
        for (name, upstream) in catalog.declarations {
            pins.usedNames.insert(name)
            if let upstream, pins.names[text: upstream] == nil { pins.names[text: upstream] = name }
        }
        self.init(of: document, for: catalog, standing: catalog, pins: pins)
    }

    /// Translates with chosen pins; actions keep the types that they have in `catalog`.
    ///
    /// - Parameter standing: The catalog with all its types.
    init(of document: OpenAPIDocument, for catalog: Catalog, standing: Catalog, pins: Pins) {
        translator = SchemaTranslator(document: document, pins: pins, standing: standing)
        let standing = Dictionary(
            standing.categories.flatMap(\.actions).map { ($0.location, $0) }, uniquingKeysWith: { first, _ in first })
        var categories: [ModelPlacement.Category] = []
        for category in catalog.categories {
            var roots: [String] = []
            for action in category.actions where !action.isGeneric {
                guard let operation = document.operation(action.method.rawValue, action.path.value) else {
                    unmatched.append(action)
                    continue
                }
                let facts = ActionFacts(
                    of: operation, action: action, standing: standing[action.location], translator: &translator)
                roots += facts.roots
                actions.append((action, facts))
            }
            categories.append(
                .init(
                    name: category.name.value,
                    swiftName: category.swiftName?.value ?? IdentifierWords(category.name.value).lowerCamelCase,
                    roots: roots))
        }
        translator.finish(roots: Set(categories.flatMap(\.roots)))
        places = ModelPlacement(categories: categories, declarations: translator.declarations).places()
    }
}

extension Catalog {
    /// The types of fields, by model and field.
    var fieldTypes: [String: [ExactText: TypeExpression]] {
        Dictionary(
            modelFiles.flatMap(\.models).map { model in
                let types = model.fields.map { ($0.name.value, $0.type) }
                return (model.name.value, Dictionary(texts: types))
            }, uniquingKeysWith: { first, _ in first })
    }
}
