package import OktaCatalog
package import YAML

/// The sentences that a catalog lacks, with the document's facts and descriptions for each.
package struct MissingSentences: Sendable {
    /// An action without a summary, or with parameters without a sentence.
    struct Action: Sendable {
        var action: CatalogAction
        var category: String
        /// The parameters without a sentence, by key.
        var parameters: [(key: String, parameter: CatalogParameter)]
        /// The operation in the document.
        var operation: OpenAPIDocument.Operation?
    }

    /// A model or enumeration without a sentence.
    struct Declaration: Sendable {
        var name: String
        /// The proposed name, if the name has another meaning in Swift.
        var otherName: String? {
            ReservedNames.contains(name, as: .type) ? ReservedNames.otherName(ofType: name) : nil
        }
        var category: String
        var facts: [Fact]
        var fields: [CatalogModel.Field] = []
        var values: [String] = []
        /// The descriptions in the document.
        var words: UpstreamDeclaration.Words?
    }

    let service: String
    let document: OpenAPIDocument
    private(set) var categories: [CatalogCategory] = []
    private(set) var actions: [Action] = []
    private(set) var declarations: [Declaration] = []
    /// The names of all models and enumerations, with a sentence or without.
    let names: DeclarationNames

    /// The number of names and sentences.
    package var count: Int {
        categories.count + declarations.count
            + actions.reduce(0) { $0 + ($1.action.summary.value.isUnwritten ? 1 : 0) + $1.parameters.count }
    }

    /// Finds the missing sentences. Returns nil if the catalog has errors, which are reported to `diagnostics`.
    package init?(
        in folder: CatalogFolder, of service: String, _ document: OpenAPIDocument,
        reporting diagnostics: inout Diagnostics
    ) {
        guard let draft = CatalogDraft(of: folder, reporting: &diagnostics) else { return nil }
        (self.service, self.document, names) = (service, document, draft.declarationNames)
        let catalog = draft.entries.catalog
        let places = draft.actionPlaces
        categories = catalog.categories.filter(\.summary.value.isUnwritten)
        for category in catalog.categories {
            for action in category.actions {
                let entries = action.identity.flatMap { places[$0]?.node["params"]?.entries } ?? []
                let keys = entries.filter { !$0.value.isRemoved }.map(\.name)
                let missing = zip(keys, action.parameters).filter { $1.documentation?.isUnwritten ?? true }
                guard action.summary.value.isUnwritten || !missing.isEmpty, !action.isGeneric else { continue }
                actions.append(
                    Action(
                        action: action, category: category.name.value, parameters: missing.map { ($0, $1) },
                        operation: document.operation(action.method.rawValue, action.path.value)))
            }
        }
        for file in catalog.modelFiles {
            declarations += file.models.filter { $0.documentation?.isUnwritten == true }.map { model in
                Declaration(
                    name: model.name.value, category: file.category.value, facts: model.sentenceFacts,
                    fields: model.fields)
            }
            declarations += file.enumerations.filter { $0.documentation?.isUnwritten == true }.map { enumeration in
                var facts: [Fact] = []
                facts.add("upstream", enumeration.upstream.map { .line($0.value) })
                return Declaration(
                    name: enumeration.name.value, category: file.category.value, facts: facts,
                    values: enumeration.values.map(\.value.value))
            }
        }
        guard !declarations.isEmpty else { return }
        let pins = Pins(of: catalog, keeping: .pinnedFacts)
        let described = UpstreamFacts(of: document, for: catalog, pins: pins).declarations
        for index in declarations.indices { declarations[index].words = described[declarations[index].name]?.words }
    }
}

extension CatalogModel {
    /// The facts other than the fields.
    fileprivate var sentenceFacts: [Fact] {
        var facts: [Fact] = []
        facts.add("upstream", upstream.map { .line($0.value) })
        facts.add("extends", extends.map { .plain($0.value) })
        facts.add("open", if: isOpen)
        facts.add("discriminator", discriminator.map { .line($0.value) })
        let models = variants.map { YAMLNode.plain($0.model.value) }
        facts.add("variants", models.isEmpty ? nil : .flow(models))
        return facts
    }
}

/// Okta's descriptions, for the authors of the catalog's sentences.
extension OpenAPIDocument.Operation {
    /// The summary and description of the operation in the document.
    var words: String? {
        let texts = ["summary", "description"].compactMap { node[$0]?.scalar }
        return texts.isEmpty ? nil : texts.joined(separator: ": ")
    }

    /// Returns the facts that the catalog has no key for: what the lifecycle requires, a body without a media type, and
    /// headers of the responses.
    func unheldWords(in document: OpenAPIDocument) -> String? {
        let lifecycle = [node] + shared.map { YAMLNode(.mapping([$0]), at: $0.value.location) }
        let needs = lifecycle.compactMap(\.needsOfLifecycle).first.map { ["needs \($0)"] } ?? []
        let headers = (node["responses"]?.entries ?? []).flatMap { entry in
            document.resolve(entry.value).unheldHeaders.map { "header `\($0)` of status \(entry.name)" }
        }
        let words = needs + (document.hasUntypedBody(node) ? ["a body without a media type"] : []) + headers
        return words.isEmpty ? nil : "not in the catalog: \(words.joined(separator: ", "))"
    }

    /// Returns the descriptions of the parameters, and their limits for which the catalog has no key, by location and
    /// name.
    func parameterWords(in document: OpenAPIDocument) -> [String: (text: String?, limits: [String])] {
        var words: [String: (text: String?, limits: [String])] = [:]
        for reference in sharedParameters + (node["parameters"]?.elements ?? []) {
            let parameter = document.resolve(reference)
            guard let name = parameter["name"]?.scalar, let place = parameter["in"]?.scalar else { continue }
            let text =
                parameter["description"]?.scalar
                ?? parameter["schema"].flatMap { document.resolve($0)["description"]?.scalar }
            words["\(place) \(name)"] = (text, parameter["schema"].map(document.unheldLimits) ?? [])
        }
        return words
    }
}

extension OpenAPIDocument {
    /// Returns the names of the alternative security schemes of an operation.
    func securityInWords(of operation: Operation) -> String {
        let requirements = (operation.node["security"] ?? root["security"])?.elements ?? []
        let names = requirements.map { ($0.entries ?? []).map(\.name).joined(separator: " and ") }
        return names.isEmpty ? "none" : names.map { $0.isEmpty ? "none" : $0 }.joined(separator: " or ")
    }
}
