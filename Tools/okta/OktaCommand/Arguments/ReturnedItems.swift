internal import HTTPTypes
package import OktaRuntime

extension CommandAction {
    /// Whether it returns a list.
    package var isList: Bool { descriptor.isPaged || returnsArray }

    /// Whether answers are JSON, and not a certificate, a picture or XML.
    package var returnsJSON: Bool { descriptor.accept.map { $0.contains("json") } ?? true }

    /// The JSON of an answer; nil where the answer to a change has none.
    ///
    /// - Throws: ``OktaError/decoding(_:)`` when it is not JSON. A read that has a result and gets no body throws too:
    ///   there is an object, or a list, and it was not received.
    package func content(of response: OktaResponse) throws(OktaError) -> JSON? {
        let mayBeEmpty = descriptor.method != .get || descriptor.returns == nil
        // Not `nil` in an expression of JSON, where it is the value null.
        guard !(mayBeEmpty && response.isBodyEmpty) else { return .none }
        return try response.json()
    }

    /// Whether an answer is an array, rather than an object, or an object around the items of a page.
    package var returnsArray: Bool { descriptor.returns?.hasPrefix("[") == true }

    /// The model of one item of an answer: of an element of the list, also where the page is an object around it.
    package var itemModel: String? {
        guard let returns = descriptor.returns else { return nil }
        guard let items = descriptor.pageItems else { return FieldTypes.element(of: returns) }
        return FieldTypes.element(of: FieldTypes(module.schema).type(of: [items], in: returns) ?? returns)
    }
}

extension JSON {
    /// The items of an answer that is a list, or of the first list in an object around it; none where there is no list.
    package var listed: [JSON] { elements ?? members?.lazy.compactMap(\.value.elements).first ?? [] }
}
