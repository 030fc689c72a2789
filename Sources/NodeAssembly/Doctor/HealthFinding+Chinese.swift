extension HealthFinding {
    /// What is wrong, in Chinese.
    public var titleInChinese: String {
        switch code {
        case .configuration: "配置缺失或有误"
        case .fileExposed: "他人可读取密钥或数据"
        case .certificate: "证书、密钥或根证书不可用"
        case .certificateExpired: "证书已过期或尚未生效"
        case .certificateEnds: "证书须续期"
        case .directory: "没有成员目录，或其校验未通过"
        case .directoryExpired: "成员目录已过期"
        case .directoryExpires: "成员目录即将过期"
        case .notListed: "成员目录未列出本节点"
        case .suspended: "本节点被列为停用或已退出"
        case .endpointName: "证书与所列地址不符"
        case .endpointAddress: "所列地址的主机名无法解析"
        case .portTaken: "端口被其他进程占用"
        case .portClosed: "节点在运行，但端口无监听"
        case .departure: "成员退出的删除未完成"
        case .diskLow: "磁盘空间不足"
        case .node: "节点的数据库、日志或密钥无法打开"
        case .noAnswer: "节点无应答"
        case .alarms: "存有告警"
        case .witnesses: "见证方联署数不足"
        case .peer: "对等节点无法查询"
        case .unreached: "对等节点无法连通本节点"
        case .clock: "时钟与其他节点不一致"
        }
    }

    /// What to do, in Chinese.
    public var nextInChinese: String {
        switch code {
        case .configuration: "修正 node.yaml，或建立节点目录：creditmesh node init"
        case .fileExposed: "取消他人权限：文件 chmod 600，目录 700"
        case .certificate, .certificateExpired, .certificateEnds, .endpointName:
            "为所列地址取得证书并运行：creditmesh node certificate"
        case .directory: "重新获取：creditmesh directory fetch；或检查其文件"
        case .directoryExpired, .directoryExpires: "确认管理机构在发布，且本节点能连通它或任一对等节点"
        case .notListed, .suspended: "联系联盟的签署官"
        case .endpointAddress: "修正主机名的地址，或请签署官改列地址"
        case .portTaken: "停止占用该端口的进程，或在 node.yaml 中改用其他端口"
        case .portClosed, .noAnswer: "查看节点日志并重新启动"
        case .departure: "停止节点后继续：creditmesh member leave"
        case .diskLow: "为节点目录所在磁盘腾出空间"
        case .node: "按所示文字处理"
        case .alarms: "用 GET /api/v1/alarms 查看并告知监管机构"
        case .witnesses: "在节点日志中查看未联署的见证方"
        case .peer: "确认本机能连通该节点，再告知其运营方"
        case .unreached: "确认他方能连通所列地址：地址、防火墙、转发"
        case .clock: "用时间服务器校准时钟"
        }
    }
}
