import OktaRuntime

/// Links that many kinds have.
enum Links {
    /// `self`, and the call that leads to the other state, with hints.
    static let lifecycle: @Sendable (JSON) -> JSONTemplate = { json in
        let lifecycle = json.text("status") == "ACTIVE" ? "deactivate" : "activate"
        return JSONTemplate(
            #"{"self":{"href":"<self>","hints":{"allow":["GET","PUT","DELETE"]}},"#
                + #""\#(lifecycle)":{"href":"<self>/lifecycle/\#(lifecycle)","hints":{"allow":["POST"]}}}"#)
    }

    /// `self` with hints.
    static let own: JSONTemplate = #"{"self":{"href":"<self>","hints":{"allow":["GET","PUT","DELETE"]}}}"#
}
