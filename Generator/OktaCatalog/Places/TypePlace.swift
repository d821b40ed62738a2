/// The position of a type in a catalog.
package enum TypePlace: String, Sendable, Hashable, CaseIterable {
    /// A parameter in the path.
    case path
    /// A parameter in the query.
    case query
    /// A parameter in a header field.
    case header
    /// The request body.
    case body
    /// The response.
    case result
    /// The response of a paged action; the type is that of the whole list.
    case pagedResult
    /// The response with another success status.
    case otherResult
    /// The response with another media type.
    case alternative
    /// A field of a model.
    case field
    /// The element of a list.
    case element
    /// The value of a map.
    case value

    /// Creates the position of a parameter.
    package init(_ place: CatalogParameter.Place) {
        switch place {
        case .path: self = .path
        case .query: self = .query
        case .header: self = .header
        }
    }
}

/// The wire format of a value.
package enum TravelForm: Sendable, Hashable {
    /// The text of a scalar.
    case text
    /// The texts of a list's elements, joined by commas.
    case texts
    /// JSON, alone or inside another JSON value.
    case json
    /// The values of an HTML form, one for each member of a model.
    case form
    /// Bytes with a separate media type.
    case bytes
    /// A certificate, whose media type is determined from its bytes.
    case certificate
    /// The file of a multipart form.
    case file
}
