import TransparencyLog

extension AuditFinding.Code {
    /// What to look at next.
    var next: Bilingual {
        switch self {
        case .checkpointUnsigned, .logForked, .logShrunk, .treeAltered:
            Bilingual(
                "Keep this copy and the earlier ones as they are: they prove it. Compare with copies of "
                    + "others and with cosignatures, and put the operator to it.",
                "原样保存本副本及此前副本作为证据，与他人的副本和联署比对，并要求运营方说明。")
        case .tileAltered, .fileMissing:
            Bilingual(
                "Mirror the log anew into another folder and verify that: then it was the copy that was "
                    + "damaged; if not, the log serves something false.",
                "另建文件夹重新镜像并核验：若通过则是副本损坏，否则是日志提供了虚假内容。")
        case .timeBackwards:
            Bilingual(
                "Compare with the times of the other sides' entries and of cosignatures: which clock was "
                    + "wrong, or what was dated back?",
                "与对方条目及联署的时间比对：是哪个时钟有误，还是有条目倒签？")
        case .evidenceMissing:
            Bilingual(
                "Demand the evidence from the operator, and look whether the other side still has it.",
                "要求运营方提交证据，并查看对方是否仍有保存。")
        case .answererLacks, .askerLacks, .sidesDiffer, .answerDisputed:
            Bilingual(
                "Read the evidence at both sides: the signature on the request, or on the answer, says "
                    + "who cannot deny it.",
                "阅读双方的证据：请求或应答上的签名表明谁不能否认。")
        case .askedUnfinished:
            Bilingual(
                "Look into the answerer's log for the same request, and ask whether the node crashed then.",
                "在应答方日志中查找同一请求，并询问该节点当时是否崩溃。")
        case .hitsNotAsked:
            Bilingual(
                "Open blind evaluations of this member (audit open): whoever looks for hits and asks for "
                    + "nothing learns who is a rival's customer.",
                "开封该成员的盲评估（audit open）：只找命中而不查询者，可借此得知谁是竞争对手的客户。")
        case .filterUnannounced:
            Bilingual(
                "Compare the filter of the asker's evidence with what the answerer published: whoever was "
                    + "shown another filter was told another truth.",
                "将查询方所用过滤器与应答方公布的过滤器比对：是否向其出示了不同的过滤器？")
        default:
            Bilingual(
                "Read the file that is named as proof, with the entry that it belongs to, and ask the "
                    + "operator of the log for an explanation.",
                "阅读所列证据文件及其所属条目，并要求日志运营方说明。")
        }
    }
}

extension MirrorFolder {
    /// The file with an entry, while its bundle is full; a bundle at the end has its width behind.
    static func bundleName(_ index: Int) -> String? {
        EntryBundleID(index: index / TileID.widthMax)?.path
    }
}
