internal import OktaRuntime

extension CommandAction {
    /// Whether it returns a list.
    package var isList: Bool { descriptor.isPaged || returnsArray }

    /// Whether answers are JSON, and not a certificate, a picture or XML.
    package var returnsJSON: Bool { descriptor.accept.map { $0.contains("json") } ?? true }

    /// Whether an answer is an array, rather than an object, or an object around the items of a page.
    package var returnsArray: Bool { descriptor.returns?.hasPrefix("[") == true }

    /// The model of one item of an answer: of an element of the list, also where the page is an object around it.
    package var itemModel: String? {
        guard let returns = descriptor.returns else { return nil }
        guard let items = descriptor.pageItems else { return FieldTypes.element(of: returns) }
        return FieldTypes.element(of: FieldTypes(module.schema).type(of: [items], in: returns) ?? returns)
    }
}
