extension OktaResponse {
    /// The body as a model.
    ///
    /// - Parameter mayBeEmpty: Whether an empty body, or null, reads as an empty model: an acknowledgement. Otherwise
    ///   it is an error, because a model that is empty by mistake could be sent back with one field instead of all.
    /// - Throws: ``OktaError/decoding(_:)`` when the body is not an object.
    func model<Model: OktaModel>(mayBeEmpty: Bool) throws(OktaError) -> Model {
        if mayBeEmpty, isBodyEmpty { return Model() }
        let json = try json()
        if mayBeEmpty, json.kind == .null { return Model() }
        guard json.kind == .object else { throw .decoding(failure("expected an object, found \(json.kind)")) }
        return Model(json: json)
    }

    /// The body as a value that is neither a model nor a list. Members of an object that do not have the type are
    /// skipped.
    ///
    /// - Throws: ``OktaError/decoding(_:)`` when the body is not such a value, or has members of which none has the
    ///   type.
    func value<Value: JSONConvertible>() throws(OktaError) -> Value {
        let json = try json()
        guard let value = Value(fitting: json) else {
            throw .decoding(failure("expected \(Value.jsonTypeName), found \(json.kind)"))
        }
        if let members = json.members, !members.isEmpty, value.json.members?.isEmpty == true {
            throw .decoding(failure("expected \(Value.jsonTypeName), but none of \(members.count) members has it"))
        }
        return value
    }

    /// The body as a list. Elements that do not have the type are skipped.
    ///
    /// - Throws: ``OktaError/decoding(_:)`` when the body is not an array, or has elements of which none has the type:
    ///   then the type is wrong, and an empty list would hide that.
    func elements<Element: JSONConvertible>() throws(OktaError) -> [Element] {
        let json = try json()
        guard let elements = json.elements else {
            throw .decoding(failure("expected an array, found \(json.kind)"))
        }
        let fitting = elements.compactMap { Element(fitting: $0) }
        guard fitting.isEmpty, !elements.isEmpty else { return fitting }
        let reason =
            "expected elements of type \(Element.jsonTypeName), but none of the response's \(elements.count) has it; "
            + "call request(_:_:) of the client instead, whose response has the raw JSON"
        throw .decoding(failure(reason))
    }
}
