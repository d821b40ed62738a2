package import YAML

// Initializers for entries from Okta's document, whose facts are set afterwards.

extension CatalogCategory {
    /// Creates a category without actions.
    package init(_ name: Located<String>, summary: Located<String>) {
        self.init(name: name, summary: summary, actions: [])
    }
}

extension CatalogAction {
    /// Creates an action of an operation.
    package init(
        _ name: Located<String>, summary: Located<String>, method: Method, path: Located<String>,
        at location: SourceLocation
    ) {
        self.init(name: name, summary: summary, method: method, path: path, location: location)
    }
}

extension CatalogAction.Body {
    /// Creates a body; JSON without media types.
    package init(_ type: TypeExpression, isOptional: Bool, media: [String]) {
        self.init(type: type, isOptional: isOptional, media: media)
    }
}

extension CatalogAction.Alternative {
    /// Bytes of another media type.
    package init(bytesOf media: Located<String>) {
        self.init(media: media, type: .builtin(.bytes))
    }
}

extension CatalogAction.Deprecation {
    /// A deprecation without details.
    package static let unspecified = Self(since: nil, instead: nil)
}

extension CatalogParameter {
    /// Creates a parameter.
    package init(_ name: Located<String>, in place: Place, type: TypeExpression) {
        self.init(name: name, place: place, type: type)
    }
}

extension CatalogModel {
    /// Creates a model without fields, in a separate generated file.
    package init(_ name: Located<String>, upstream: Located<String>) {
        self.init(name: name, upstream: upstream, group: name.value, location: name.location)
    }
}

extension CatalogModel.Field {
    /// Creates a field.
    package init(_ name: Located<String>, type: TypeExpression) {
        self.init(name: name, type: type)
    }
}

extension CatalogModel.Variant {
    /// Creates a variant; the value is nil without a discriminator.
    package init(_ model: Located<String>, value: String?) {
        self.init(value: value, model: model)
    }
}

extension CatalogEnumeration {
    /// Creates an enumeration, in a separate generated file.
    package init(_ name: Located<String>, upstream: Located<String>, values: [Located<String>]) {
        self.init(
            name: name, upstream: upstream, group: name.value, values: values.map { Value(value: $0) },
            location: name.location)
    }
}

extension Catalog.ModelFile {
    /// Creates a file of models.
    package init(_ category: Located<String>, models: [CatalogModel], enumerations: [CatalogEnumeration]) {
        self.init(
            category: category, models: models, enumerations: enumerations, path: category.location.file)
    }
}
