import YAML

/// The lists of paged actions, which are the whole response or a member of it.
package struct PagedLists {
    private let models: [String: CatalogModel]

    /// Creates the lookup for a catalog.
    package init(catalog: Catalog) {
        models = catalog.modelsByName
    }

    /// Returns the type of the list that an action pages through; nil for an action that is not paged, or without such
    /// a list.
    package func list(of action: CatalogAction) -> TypeExpression? {
        switch action.paging {
        case nil: return nil
        case .link: return action.returns.flatMap { $0.isArray ? $0 : nil }
        case .member(let name):
            let field = fields(of: action.returns).first { $0.name.value.hasSameBytes(as: name.value) }
            return field.flatMap { $0.type.isArray ? $0.type : nil }
        }
    }

    /// Returns the names of the members of a response that are lists.
    package func lists(in type: TypeExpression?) -> [String] {
        fields(of: type).filter(\.type.isArray).map(\.name.value)
    }

    /// Returns the fields of a model, with those that it inherits; those of its target for an alias.
    private func fields(of type: TypeExpression?) -> [CatalogModel.Field] {
        guard case .named(let name)? = type else { return [] }
        var fields: [CatalogModel.Field] = []
        var seen: Set<String> = []
        var next: String? = name.value
        while let name = next, seen.insert(name).inserted, let model = models[name] {
            fields += model.fields
            next = model.sameAs?.value ?? model.extends?.value
        }
        return fields
    }
}
