package import OktaRuntime

/// The kind of an action's body.
package enum BodyKind: Sendable, Hashable {
    /// No body.
    case none
    /// JSON of a model, or of any type if the model is nil.
    case json(model: String?, media: MediaType)
    /// A form with the members of a model.
    case form(model: String?)
    /// An X.509 certificate in PEM or DER form.
    case certificate
    /// A file in the part `file` of a multipart body.
    case file
    /// Bytes with a media type.
    case bytes(MediaType)

    /// Creates the kind of an action's body.
    package init(_ action: ActionDescriptor) {
        let media = action.bodyMedia.first
        switch (action.body, media) {
        case (nil, _): self = .none
        case ("file", _): self = .file
        case ("certificate", _): self = .certificate
        case ("bytes", let media): self = .bytes(media.map(MediaType.init(rawValue:)) ?? .bytes)
        case (let model, MediaType.form.rawValue): self = .form(model: model)
        case (let model, let media):
            self = .json(model: model, media: media.map(MediaType.init(rawValue:)) ?? .json)
        }
    }

    /// The model of the body.
    package var model: String? {
        switch self {
        case .json(let model, _), .form(let model): model
        default: nil
        }
    }
}
