/// Where a type can stand in a catalog.
package enum TypePlace: String, Sendable, Hashable, CaseIterable {
    /// A parameter in the path.
    case path
    /// A parameter in the query.
    case query
    /// A parameter in a header field.
    case header
    /// What is sent.
    case body
    /// What comes back.
    case result
    /// What comes back in pages; the type is that of the whole list.
    case pagedResult
    /// What comes back under another status.
    case otherResult
    /// What comes back under another media type.
    case alternative
    /// A field of a model.
    case field
    /// What a list holds.
    case element
    /// What a map holds.
    case value

    /// The place of a parameter.
    package init(_ place: CatalogParameter.Place) {
        switch place {
        case .path: self = .path
        case .query: self = .query
        case .header: self = .header
        }
    }
}

/// How a value travels.
package enum TravelForm: Sendable, Hashable {
    /// As the text of a scalar.
    case text
    /// As the texts of a list's elements, joined by commas.
    case texts
    /// As JSON, alone or inside another JSON value.
    case json
    /// As bytes of a media type of their own.
    case bytes
    /// As a certificate, whose media type follows from its bytes.
    case certificate
    /// As the file of a multipart form.
    case file
}
