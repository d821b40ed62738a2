import OktaCatalog
import YAML

/// The variants of each union, and their discriminators.
struct UnionGraph {
    /// The protocol that functions and initializers accept for a union. The union and its variants conform to it.
    enum Conformance: Hashable {
        /// The protocol with the fields of a model, if each variant extends that model or is that model.
        case fields(of: String)
        /// A protocol that only marks the variants.
        case marker(of: String)
    }

    /// A member that identifies the variant, with the values for it, in the order of the catalog.
    struct Discriminator {
        var member: String
        var values: [String]
    }

    private var conformances: [String: Conformance] = [:]
    private var markers: [String: [String]] = [:]
    private var discriminators: [String: [Discriminator]] = [:]
    /// The noted values, to skip repeated ones.
    private var noted: Set<Note> = []

    private struct Note: Hashable {
        var model: String
        var member: ExactText
        var value: ExactText
    }

    init(catalog: Catalog) {
        let all = catalog.modelFiles.flatMap(\.models)
        let lookup = FormLookup(catalog: catalog)
        let unions = all.filter { !$0.variants.isEmpty }
        for union in unions {
            let name = union.name.value
            guard let conformance = lookup.conformance(of: name) else { continue }
            conformances[name] = conformance
            guard conformance == .marker(of: name) else { continue }
            for model in [name] + lookup.forms(of: name) { markers[model, default: []].append(name) }
        }
        for union in unions { noteDirectForms(of: union) }
        let direct = discriminators
        for union in unions { noteFormsOfForms(of: union, lookup, besides: direct) }
    }

    /// Returns the protocol of a union; nil for a model without variants.
    func conformance(of model: String) -> Conformance? { conformances[model] }

    /// Returns the unions whose marker a model conforms to, in the order of the catalog.
    func markers(of model: String) -> [String] { markers[model] ?? [] }

    /// Returns the members that identify an object as this model; a union does not identify itself.
    func discriminators(of model: String) -> [Discriminator] { discriminators[model] ?? [] }

    private mutating func noteDirectForms(of union: CatalogModel) {
        guard let member = union.discriminator?.value else { return }
        for variant in union.variants where variant.model.value != union.name.value {
            guard let value = variant.value else { continue }
            note(value, of: member, for: variant.model.value)
        }
    }

    /// Records nested variants. An object of a nested variant is also an object of the outer variant and has its
    /// discriminator, unless it has another value.
    private mutating func noteFormsOfForms(
        of union: CatalogModel, _ lookup: FormLookup, besides direct: [String: [Discriminator]]
    ) {
        guard let member = union.discriminator?.value else { return }
        for variant in union.variants where variant.model.value != union.name.value {
            guard let value = variant.value else { continue }
            for form in lookup.forms(of: variant.model.value) where form != union.name.value {
                guard direct[form]?.contains(where: { $0.member.hasSameBytes(as: member) }) != true else { continue }
                note(value, of: member, for: form)
            }
        }
    }

    private mutating func note(_ value: String, of member: String, for model: String) {
        guard noted.insert(Note(model: model, member: ExactText(member), value: ExactText(value))).inserted else {
            return
        }
        if let index = discriminators[model]?.firstIndex(where: { $0.member.hasSameBytes(as: member) }) {
            discriminators[model]?[index].values.append(value)
        } else {
            discriminators[model, default: []].append(Discriminator(member: member, values: [value]))
        }
    }
}

/// Resolves the variants of models, and the models that they extend.
private struct FormLookup {
    private let models: [String: CatalogModel]
    private let extended: Set<String>

    init(catalog: Catalog) {
        models = catalog.modelsByName
        extended = catalog.extendedModels
    }

    /// Returns the variants of a union, recursively, without the union itself.
    func forms(of union: String) -> [String] {
        var found: [String] = []
        var seen: Set<String> = [union]
        var pending = [union]
        while let name = pending.popLast() {
            let forms = (models[name]?.variants ?? []).map(\.model.value).filter { seen.insert($0).inserted }
            found += forms
            pending += forms
        }
        return found
    }

    func conformance(of union: String) -> UnionGraph.Conformance? {
        let forms = forms(of: union)
        guard let first = forms.first else { return nil }
        let lineages = forms.map { Set(lineage(of: $0)) }
        let common = lineage(of: first).first { ancestor in
            extended.contains(ancestor) && lineages.allSatisfy { $0.contains(ancestor) }
        }
        return common.map { .fields(of: $0) } ?? .marker(of: union)
    }

    /// Returns a model and those that it extends, the nearest first.
    private func lineage(of model: String) -> [String] {
        ExtensionChain(of: models[model], in: models).map(\.name.value)
    }
}
