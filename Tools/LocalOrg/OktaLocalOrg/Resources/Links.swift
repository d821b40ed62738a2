import OktaRuntime

/// Links that many kinds share.
enum Links {
    /// `self`, and the lifecycle operation of the current state, with hints.
    static let lifecycle: @Sendable (JSON) -> JSONTemplate = { json in
        let lifecycle = json.text("status") == "ACTIVE" ? "deactivate" : "activate"
        return JSONTemplate(
            #"{"self":{"href":"<self>","hints":{"allow":["GET","PUT","DELETE"]}},"#
                + #""\#(lifecycle)":{"href":"<self>/lifecycle/\#(lifecycle)","hints":{"allow":["POST"]}}}"#)
    }

    /// `self` with hints.
    static let own: JSONTemplate = #"{"self":{"href":"<self>","hints":{"allow":["GET","PUT","DELETE"]}}}"#
}
