internal import HTTPTypes
package import OktaRuntime

extension CommandAction {
    /// Whether the action returns a list.
    package var isList: Bool { descriptor.isPaged || returnsArray }

    /// Whether responses are JSON rather than a certificate, an image or XML.
    package var returnsJSON: Bool { descriptor.accept.map { $0.contains("json") } ?? true }

    /// Returns the JSON of a response; nil if the response to a change has none.
    ///
    /// - Throws: ``OktaError/decoding(_:)`` if the response is not JSON. A read with a result but without a body also
    ///   throws: the object or list exists but was not received.
    package func content(of response: OktaResponse) throws(OktaError) -> JSON? {
        let mayBeEmpty = descriptor.method != .get || descriptor.returns == nil
        // `.none` instead of `nil`, which would be the JSON value null here.
        guard !(mayBeEmpty && response.isBodyEmpty) else { return .none }
        return try response.json()
    }

    /// Whether the response is an array rather than an object or a wrapped page.
    package var returnsArray: Bool { descriptor.returns?.hasPrefix("[") == true }

    /// The model of an item: of an element if the response is a list, even a wrapped one.
    package var itemModel: String? {
        guard let returns = descriptor.returns else { return nil }
        guard let items = descriptor.pageItems else { return FieldTypes.element(of: returns) }
        return FieldTypes.element(of: FieldTypes(module.schema).type(of: [items], in: returns) ?? returns)
    }
}

extension JSON {
    /// The items of a response that is a list, or of the first list in an object; empty if there is none.
    package var listed: [JSON] { elements ?? members?.lazy.compactMap(\.value.elements).first ?? [] }
}
