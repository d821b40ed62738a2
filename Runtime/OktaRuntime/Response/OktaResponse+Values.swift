extension OktaResponse {
    /// The body as a model; an empty model when there is no body.
    func model<Model: OktaModel>() throws(OktaError) -> Model {
        if isBodyEmpty { return Model() }
        let json = try json()
        guard json.kind == .object else { throw .decoding(failure("expected an object, found \(json.kind)")) }
        return Model(json: json)
    }

    /// The body as a list, without the elements that do not fit; never an empty list for something else.
    func elements<Element: JSONConvertible>() throws(OktaError) -> [Element] {
        try rawElements().compactMap { Element(fitting: $0) }
    }

    /// The elements of the body, which has to be an array.
    func rawElements() throws(OktaError) -> [JSON] {
        let json = try json()
        guard let elements = json.elements else {
            throw .decoding(failure("expected an array, found \(json.kind)"))
        }
        return elements
    }
}
