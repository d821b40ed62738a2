import OktaCatalog
import YAML

/// Finds declarations of the catalog whose schema has another name or position in Okta's document.
///
/// The name of a schema is not part of the contract. A schema with a new name counts as renamed if it replaces a schema
/// that the document no longer has, or would get the same Swift name, and if both have at least half of their members
/// in common. The declaration then keeps its Swift name and its sentences.
struct RenamedSchemas {
    /// The new positions by the names of the declarations.
    private(set) var positions: [String: String] = [:]

    private let facts: UpstreamFacts
    private let models: [String: CatalogModel]
    private let aliases: [String: String]
    /// The members of declarations whose schema is gone and that have a handwritten sentence. Other declarations
    /// contain only facts, which this update writes too.
    private var gone: [String: Set<ExactText>] = [:]
    /// The declarations that are new in the document.
    private var new: Set<String> = []
    private var waiting: [(standing: TypeExpression, found: TypeExpression)] = []
    private var compared: Set<[String]> = []

    /// - Parameters:
    ///   - catalog: The catalog.
    ///   - facts: The document's facts, with the names of the catalog if it has them.
    init(in catalog: Catalog, _ facts: UpstreamFacts) {
        self.facts = facts
        models = catalog.modelsByName.merging(
            catalog.modelFiles.flatMap(\.removedModels).map { ($0.name.value, $0) },
            uniquingKeysWith: { first, _ in first })
        aliases = catalog.aliasTargets
        readGone(catalog.resolvingAliases())
        new = Set(facts.declarations.keys).subtracting(
            (catalog.declarations + catalog.removedDeclarations).map(\.name))
        guard !gone.isEmpty, !new.isEmpty else { return }
        for (found, standing) in zip(facts.actions, catalog.categories).flatMap({ zip($0, $1.actions) }) {
            if let found { compare(standing, found) }
        }
        compareNames()
    }

    /// Returns the catalog with the new positions.
    func applied(to catalog: Catalog) -> Catalog {
        var catalog = catalog
        for file in catalog.modelFiles.indices {
            for index in catalog.modelFiles[file].models.indices {
                move(&catalog.modelFiles[file].models[index].upstream, of: catalog.modelFiles[file].models[index].name)
            }
            for index in catalog.modelFiles[file].enumerations.indices {
                let name = catalog.modelFiles[file].enumerations[index].name
                move(&catalog.modelFiles[file].enumerations[index].upstream, of: name)
            }
            for index in catalog.modelFiles[file].removedModels.indices {
                let name = catalog.modelFiles[file].removedModels[index].name
                move(&catalog.modelFiles[file].removedModels[index].upstream, of: name)
            }
            for index in catalog.modelFiles[file].removedEnumerations.indices {
                let name = catalog.modelFiles[file].removedEnumerations[index].name
                move(&catalog.modelFiles[file].removedEnumerations[index].upstream, of: name)
            }
        }
        return catalog
    }

    private func move(_ upstream: inout Located<String>?, of name: Located<String>) {
        if let position = positions[name.value] { upstream = Located(position, at: name.location) }
    }

    // MARK: Both sides

    private mutating func readGone(_ catalog: Catalog) {
        func add(_ name: String, _ upstream: Located<String>?, _ sentence: String?, _ members: [String]) {
            guard upstream != nil, facts.declarations[name] == nil, gone[name] == nil, sentence?.isUnwritten == false
            else { return }
            gone[name] = Set(texts: members)
        }
        for file in catalog.modelFiles {
            for model in file.models + file.removedModels {
                add(model.name.value, model.upstream, model.documentation, model.memberNames)
            }
            for enumeration in file.enumerations + file.removedEnumerations {
                let values = enumeration.values.map(\.value.value)
                add(enumeration.name.value, enumeration.upstream, enumeration.documentation, values)
            }
        }
    }

    private mutating func compare(_ standing: CatalogAction, _ found: UpstreamAction) {
        for (parameter, index) in zip(found.facts.parameters, found.standing) {
            if let index { waiting.append((standing.parameters[index].type, parameter.type)) }
        }
        let results =
            [(standing.returns, found.facts.returns), (standing.body?.type, found.facts.body?.type)]
            + standing.otherReturns.map { ($0.type, found.facts.otherReturnsByStatus[$0.status]) }
        for case (let standing?, let found?) in results { waiting.append((standing, found)) }
        waiting.reverse()
        while let (standing, found) = waiting.popLast() { compare(standing, found) }
    }

    /// Compares new declarations with those whose Swift names they would have, from which only a number distinguishes
    /// them.
    private mutating func compareNames() {
        for name in new.sorted() {
            let base = String(name.reversed().drop(while: \.isNumber).reversed())
            guard base != name, let declaration = facts.declarations[name], isRenamed(base, declaration) else {
                continue
            }
            note(base, is: declaration)
            compareMembers(of: base, declaration)
            while let (standing, found) = waiting.popLast() { compare(standing, found) }
        }
    }

    private mutating func note(_ name: String, is declaration: UpstreamDeclaration) {
        positions[name] = declaration.upstream
        new.remove(declaration.name)
        gone[name] = nil
    }

    /// Compares two types at one position.
    private mutating func compare(_ standing: TypeExpression, _ found: TypeExpression) {
        switch (standing, found) {
        case (.array(let standing), .array(let found)), (.map(let standing), .map(let found)):
            waiting.append((standing, found))
        case (.named(let standing), .named(let found)):
            guard let declaration = facts.declarations[found.value],
                compared.insert([standing.value, found.value]).inserted
            else { return }
            if standing.value != found.value {
                guard isRenamed(standing.value, declaration) else { return }
                note(standing.value, is: declaration)
            }
            compareMembers(of: standing.value, declaration)
        default: break
        }
    }

    private func isRenamed(_ name: String, _ declaration: UpstreamDeclaration) -> Bool {
        guard let members = gone[name], new.contains(declaration.name),
            (models[name] == nil) == (declaration.values != nil)
        else { return false }
        let others = Set(texts: declaration.values ?? declaration.model.memberNames)
        return members.intersection(others).count * 2 >= max(members.count, others.count)
    }

    private mutating func compareMembers(of name: String, _ declaration: UpstreamDeclaration) {
        guard let model = models[aliases[name] ?? name] else { return }
        let fields = Dictionary(texts: declaration.fields.map { ($0.name.value, $0.type) })
        for field in model.fields + model.removedFields {
            if let found = fields[text: field.name.value] { waiting.append((field.type, found)) }
        }
        if let standing = model.extends, let found = declaration.extends {
            waiting.append((.named(standing), .named(Located(found, at: standing.location))))
        }
        for variant in model.variants {
            guard let value = variant.value,
                let found = declaration.variants.first(where: { $0.value?.hasSameBytes(as: value) == true })
            else { continue }
            waiting.append((.named(variant.model), .named(Located(found.model, at: variant.model.location))))
        }
    }
}

extension CatalogModel {
    /// The names of the fields, and the values of the variants.
    fileprivate var memberNames: [String] { fields.map(\.name.value) + variants.compactMap(\.value) }
}
